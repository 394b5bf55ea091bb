#include <curl/curl.h>
#include <string.h>

/* curl_easy_setopt is variadic and a macro, which Swift cannot see. */
static inline CURLcode fengsui_curl_set_number(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}
static inline CURLcode fengsui_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}
static inline CURLcode fengsui_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return (curl_easy_setopt)(handle, option, value);
}
static inline CURLcode fengsui_curl_response(CURL *handle, long *code) {
    return (curl_easy_getinfo)(handle, CURLINFO_RESPONSE_CODE, code);
}

/* What is still to be uploaded. */
struct fengsui_curl_source {
    const char *bytes;
    size_t left;
};
static inline size_t fengsui_curl_read(char *buffer, size_t size, size_t count, void *user) {
    struct fengsui_curl_source *source = (struct fengsui_curl_source *)user;
    size_t length = size * count < source->left ? size * count : source->left;
    memcpy(buffer, source->bytes, length);
    source->bytes += length;
    source->left -= length;
    return length;
}
/* One mail, whose source lives as long as the call. */
static inline CURLcode fengsui_curl_send(CURL *handle, const char *bytes, size_t length) {
    struct fengsui_curl_source source = {bytes, length};
    (curl_easy_setopt)(handle, CURLOPT_READFUNCTION, fengsui_curl_read);
    (curl_easy_setopt)(handle, CURLOPT_READDATA, (void *)&source);
    (curl_easy_setopt)(handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)length);
    (curl_easy_setopt)(handle, CURLOPT_UPLOAD, 1L);
    return curl_easy_perform(handle);
}
