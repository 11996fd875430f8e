#include "secret_calls.h"

#include <algorithm>

namespace tfcheck {

namespace {

constexpr SecretName password = SecretName::Password;
constexpr SecretName signing = SecretName::Signing;

constexpr SecretCall calls[] = {
    {"**PlainCredentials", 1, password},
    {"mysqli_connect", 2, password},
    {"mysqli", 2, password},
    {"**mysqli_real_connect", 3, password},
    {"mysql_connect", 2, password},
    {"mysql_pconnect", 2, password},
    {"PDO", 2, password},
    {"oci_connect", 1, password},
    {"odbc_connect", 2, password},
    {"ftp_login", 2, password},
    {"ldap_bind", 2, password},
    {"imap_open", 2, password},
    {"ssh2_auth_password", 2, password},
    {"**DriverManager.getConnection", 2, password},
    {"**DataSource.getConnection", 1, password},
    {"**ConnectionFactory.createConnection", 1, password},
    {"**UsernamePasswordCredentials", 1, password},
    {"**UsernamePasswordAuthenticationToken", 1, password},
    {"**PasswordAuthentication", 1, password},
    {"**NetworkCredential", 1, password},
    {"**BasicAWSCredentials", 1, password},
    {"**BasicSessionCredentials", 1, password},
    {"**AwsBasicCredentials.create", 1, password},
    {"**NewStaticCredentials", 1, password},
    {"**NewStaticCredentialsProvider", 1, password},
    {"**HTTPBasicAuth", 1, password},
    {"**HTTPDigestAuth", 1, password},
    {"**HttpBasicAuthHandler", 1, password},
    {"**SetBasicAuth", 1, password},
    {"**basic_auth", 1, password},
    {"**smtplib.SMTP.login", 1, password},
    {"**smtplib.SMTP_SSL.login", 1, password},
    {"**ftplib.FTP", 2, password},
    {"**FTP.login", 1, password},
    {"net/smtp.PlainAuth", 2, password},
    {"**MySQLdb.connect", 2, password},
    {"pymysql.connect", 2, password},
    {"pymssql.connect", 2, password},
    {"**cx_Oracle.connect", 1, password},
    {"**auth.basic", 1, password},
    {"**AuthTokens.basic", 1, password},
    {"**neo4j.BasicAuth", 1, password},
    {"**PlainTextAuthProvider", 1, password},
    {"sequelize", 2, password},
    {"Sequelize", 2, password},
    {"sequelize.Sequelize", 2, password},
    {"**jwt.sign", 1, signing},
    {"jsonwebtoken.sign", 1, signing},
    {"jsonwebtoken.verify", 1, signing},
    {"**jwt.verify", 1, signing},
    {"jwt.encode", 1, signing},
    {"jwt.decode", 1, signing},
    {"jwt-simple.encode", 1, signing},
    {"jwt-simple.decode", 1, signing},
    {"jose.jwt.encode", 1, signing},
    {"jose.jwt.decode", 1, signing},
    {"**JWT.encode", 1, signing},
    {"**JWT.decode", 1, signing},
    {"**Algorithm.HMAC256", 0, signing},
    {"**Algorithm.HMAC384", 0, signing},
    {"**Algorithm.HMAC512", 0, signing},
    {"**signWith", 1, signing},
    {"**hmacShaKeyFor", 0, signing},
    {"**SignedString", 0, signing},
    {"cookie-parser", 0, signing},
    {"**cookieParser", 0, signing},
    {"**SymmetricSecurityKey", 0, signing},
    {"**crypto.createHmac", 1, signing},
    {"**crypto.createCipher", 1, signing},
    {"**crypto.createDecipher", 1, signing},
    {"**crypto.createCipheriv", 1, signing},
    {"**crypto.createDecipheriv", 1, signing},
    {"**AES.encrypt", 1, signing},
    {"**AES.decrypt", 1, signing},
    {"hmac.new", 0, signing},
    {"crypto/hmac.New", 1, signing},
    {"crypto/aes.NewCipher", 0, signing},
    {"hash_hmac", 2, signing},
    {"openssl_encrypt", 2, signing},
    {"openssl_decrypt", 2, signing},
    {"**SecretKeySpec", 0, signing},
    {"**sessions.NewCookieStore", 0, signing},
    {"**cookie.NewStore", 0, signing},
    {"**NewFilesystemStore", 1, signing},
    {"**securecookie.New", 0, signing},
    {"**csrf.Protect", 0, signing},
    {"**Fernet", 0, signing},
    {"**AES.new", 0, signing},
    {"**itsdangerous.*Serializer", 0, signing},
    {"**itsdangerous.*Signer", 0, signing},
    {"**MessageEncryptor.new", 0, signing},
    {"**MessageVerifier.new", 0, signing},
    {"**HMAC.hexdigest", 1, signing},
    {"**HMAC.digest", 1, signing},
};

}  // namespace

std::span<const SecretCall> secret_calls() { return calls; }

bool is_text_conversion(std::string_view callee) {
  static constexpr std::string_view names[] = {"toCharArray", "getBytes", "GetBytes", "from", "encode", "[]byte", "bytes", "byte", "freeze", "String", "to_s", "strip", "trim",
                                               "SymmetricSecurityKey", "SecretKeySpec", "hmacShaKeyFor", "Keyword", "SecretString", "Secret", "SecretStr", "str", "b", "parse", "repeat", "ConvertTo-SecureString", "utf8", "Buffer", "key"};
  std::string_view last = callee.substr(callee.rfind('.') + 1);
  return std::find(std::begin(names), std::end(names), last) != std::end(names);
}

}  // namespace tfcheck
