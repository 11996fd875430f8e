// What a value looks like that could be a secret: a name, a path of a program, a rule for a form, or drawn letters.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace tfcheck::shapes {

// Of any and of all characters of a text.
template <typename Test>
bool any(std::string_view text, Test test) {
  return std::any_of(text.begin(), text.end(), test);
}

template <typename Test>
bool all(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}

// Bits that a character of the text tells.
double entropy_of(std::string_view text);
// "com.acme.Thing", "user.password", "shop.s3.secret-key", "clients[].secret": a class or a key, not a secret. A digit
// or two only where there are three parts.
bool is_dotted_name(std::string_view value);
// "bail|required|string", "required_unless:driver,log": how a form is checked.
bool is_validation(std::string_view value);
// "lineHeights.100", "colors.grey.900": a step of a scale of a design.
bool is_design_step(std::string_view value);
// Letters only.
bool is_plain_word(std::string_view value);
// Words joined by separators or capitals, hardly a digit: "auth-token", "accessToken", "X-Api-Key", "oauth2_token".
bool is_compound_name(std::string_view value);
// Its letters and digits, in lower case.
std::string bare(std::string_view text);
// "auth/token_invalid": a route, the code of an error.
bool is_route(std::string_view value);
// Words as things are called by: hardly a digit, and no marks but those between words.
bool is_name_like(std::string_view value);
// "otp" of OneTimePassword.
bool is_abbreviation(std::string_view name, std::string_view value);
// "self_signing" of self_signing_key, "shop_login" of SHOP_LOGIN_COOKIE_KEY: the name without what it ends in. A secret
// by its own word is none: JWT_SECRET_KEY may well be "jwt_secret".
bool is_beginning_of(std::string_view name, std::string_view value);
// deprecations["jwt_secret"].key = "jwt_secret": the name that the fact stands under.
bool repeats_section(std::string_view name, std::string_view value);
// What base64 stands for, written in one line or several; nothing for every other text and for long ones.
std::optional<std::string> decoded_base64(std::string_view value);
// "input[name=password]", "#login > .password".
bool is_selector(std::string_view value);
// How many words stand in it.
size_t words_in(std::string_view value);
// A text of bytes, some written as escapes: no words of any language.
bool has_control_bytes(std::string_view value);
// "LWM2M_SERVER_SECRET_KEY": what a variable or a column is called.
bool is_constant_name(std::string_view value);
// "^1.0", "~> 2.3", ">=1.2 <2": which versions of a package will do.
bool is_version_range(std::string_view value);
// "0123456789abcdef0123456789abcdef", "abcdefghijklmnop": the keys of a keyboard or an alphabet, one by one.
bool is_counted(std::string_view value);
// "t7Kq2vLp9ZxW": letters of both cases with digits between them again and again, as no name has them.
bool is_interspersed(std::string_view value);
// "orders-secret": what a client was given by somebody who thought it up; "orders-client-secret" says only what it is.
bool is_client_word(std::string_view value);
// "shop-connect-token" of SHOP_CONNECT_TOKEN_SECRET: what the object is called that has the secret.
bool names_object(std::string_view name, std::string_view value);
// By its size and its dashes.
bool is_uuid(std::string_view value);
// Nothing but visible characters and blanks.
bool is_ascii(std::string_view value);

}  // namespace tfcheck::shapes
