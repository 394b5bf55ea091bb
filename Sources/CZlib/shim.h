#include <zlib.h>

/* deflateInit2 and inflateInit2 are macros, which Swift cannot see. */
static inline int fengsui_deflate_init_gzip(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
static inline int fengsui_inflate_init_gzip(z_stream *stream) {
    return inflateInit2(stream, 15 + 16);
}
static inline int fengsui_deflate_init_raw(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
static inline int fengsui_inflate_init_raw(z_stream *stream) {
    return inflateInit2(stream, -15);
}
