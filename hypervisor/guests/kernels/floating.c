/* SPDX-License-Identifier: Apache-2.0 */
/* Double-precision kernels for the FPU. */
#include "kernels.h"

static uint32_t fold(double value) {
  union {
    double value;
    uint32_t words[2];
  } u = {value};
  return u.words[0] ^ u.words[1];
}

/* ---- five bodies that attract each other */

#define BODIES 5
struct body {
  double x, y, z, vx, vy, vz, mass;
};

static void start(struct body *bodies) {
  for (int i = 0; i < BODIES; i++) {
    struct body *b = &bodies[i];
    b->x = 5.0 * i;
    b->y = 1.5 * i * i - 3.0;
    b->z = 0.25 * i - 0.5;
    b->vx = 0.125 * (i - 2);
    b->vy = 0.5 - 0.25 * i;
    b->vz = 0.0625 * i;
    b->mass = i == 0 ? 39.5 : 0.05 * i;
  }
}

static void step(struct body *bodies, double dt) {
  for (int i = 0; i < BODIES; i++) {
    struct body *a = &bodies[i];
    for (int j = i + 1; j < BODIES; j++) {
      struct body *b = &bodies[j];
      double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
      double square = dx * dx + dy * dy + dz * dz;
      double pull = dt / (square * __builtin_sqrt(square));
      a->vx -= dx * b->mass * pull;
      a->vy -= dy * b->mass * pull;
      a->vz -= dz * b->mass * pull;
      b->vx += dx * a->mass * pull;
      b->vy += dy * a->mass * pull;
      b->vz += dz * a->mass * pull;
    }
  }
  for (int i = 0; i < BODIES; i++) {
    struct body *a = &bodies[i];
    a->x += dt * a->vx;
    a->y += dt * a->vy;
    a->z += dt * a->vz;
  }
}

uint32_t nbody(uint32_t rounds) {
  struct body *bodies = (struct body *)pool;
  start(bodies);
  for (uint32_t i = 0; i < rounds; i++) step(bodies, 0.001);
  return fold(bodies[0].x) ^ fold(bodies[4].vy);
}

/* ---- fast Fourier transform of 512 complex numbers, there and back */

#define BITS 9
#define POINTS (1 << BITS)
struct complex {
  double re, im;
};

static struct complex times(struct complex a, struct complex b) {
  return (struct complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/* The roots of unity, from the half-angle formulas. */
static void find_roots(struct complex *roots) {
  double cosine = -1, sine = 0;
  struct complex turns[BITS];
  for (int i = 0; i < BITS; i++) {
    turns[i] = (struct complex){cosine, sine};
    double half = __builtin_sqrt((1 + cosine) / 2);
    sine = i == 0 ? 1 : sine / (2 * half);
    cosine = half;
  }
  for (int k = 0; k < POINTS / 2; k++) {
    roots[k] = (struct complex){1, 0};
    for (int bit = 0; bit < BITS; bit++) {
      if (k >> bit & 1) roots[k] = times(roots[k], turns[BITS - 1 - bit]);
    }
  }
}

static void transform(struct complex *data, const struct complex *roots, int back) {
  for (int i = 0, j = 0; i < POINTS; i++) {
    if (i < j) {
      struct complex t = data[i];
      data[i] = data[j];
      data[j] = t;
    }
    int bit = POINTS >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
  }
  for (int size = 1; size < POINTS; size *= 2) {
    for (int block = 0; block < POINTS; block += 2 * size) {
      for (int k = 0; k < size; k++) {
        struct complex root = roots[k * (POINTS / 2 / size)];
        if (back) root.im = -root.im;
        struct complex odd = times(data[block + k + size], root), even = data[block + k];
        data[block + k] = (struct complex){even.re + odd.re, even.im + odd.im};
        data[block + k + size] = (struct complex){even.re - odd.re, even.im - odd.im};
      }
    }
  }
}

uint32_t fft(uint32_t rounds) {
  struct complex *data = (struct complex *)pool, *roots = data + POINTS;
  find_roots(roots);
  for (int i = 0; i < POINTS; i++) data[i] = (struct complex){(i & 31) - 15.5, (i >> 3) * 0.1};
  while (rounds--) {
    transform(data, roots, 0);
    transform(data, roots, 1);
    for (int i = 0; i < POINTS; i++) {
      data[i].re /= POINTS;
      data[i].im /= POINTS;
    }
  }
  return fold(data[1].re) ^ fold(data[POINTS - 1].im);
}
