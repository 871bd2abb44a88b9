#include <math.h>

// Swift's Glibc module refers to hypotf, which has a new version since glibc 2.35. With this one, what
// is linked also starts where glibc is older. Nothing calls it.
__attribute__((visibility("hidden"))) float hypotf(float x, float y) {
  return (float)sqrt((double)x * x + (double)y * y);
}
