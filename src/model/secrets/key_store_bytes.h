// What the bytes of a Java key store or of a PKCS #12 file say without its password: whether there is a key in it.
#pragma once

#include <string_view>

namespace tfcheck {

// What a file's detail says when it is such a store and holds no key.
inline constexpr std::string_view only_certificates = "a store of certificates without a key";

// False for what is no store, is cut off, or cannot be told.
bool holds_only_certificates(std::string_view bytes);

}  // namespace tfcheck
