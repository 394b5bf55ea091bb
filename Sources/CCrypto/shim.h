#include <openssl/evp.h>
#include <openssl/hmac.h>

// HMAC-SHA-1 of a message; 1 where it went well. `out` has room for 20 bytes.
static inline int ccrypto_hmac_sha1(
    const unsigned char *key, int key_size, const unsigned char *message, size_t message_size, unsigned char *out) {
    unsigned int size = 20;
    return HMAC(EVP_sha1(), key, key_size, message, message_size, out, &size) != 0 && size == 20;
}
