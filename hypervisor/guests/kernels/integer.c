/* SPDX-License-Identifier: Apache-2.0 */
/* Integer kernels. */
#include "kernels.h"

uint32_t pool[POOL_WORDS];

/* ---- sieve of Eratosthenes */

#define NUMBERS 65536

uint32_t sieve(uint32_t rounds) {
  uint8_t *composite = (uint8_t *)pool;
  uint32_t primes = 0;
  while (rounds--) {
    for (uint32_t i = 0; i < NUMBERS; i++) composite[i] = 0;
    primes = 0;
    for (uint32_t i = 2; i < NUMBERS; i++) {
      if (composite[i]) continue;
      primes++;
      for (uint32_t k = i + i; k < NUMBERS; k += i) composite[k] = 1;
    }
  }
  return primes;
}

/* ---- CRC-32 with a table, as Ethernet has it */

#define CRC_BYTES 4096

uint32_t crc32(uint32_t rounds) {
  uint32_t *table = pool;
  uint8_t *bytes = (uint8_t *)(pool + 256);
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int bit = 0; bit < 8; bit++) c = c >> 1 ^ (0xEDB88320 & -(c & 1));
    table[i] = c;
  }
  for (uint32_t i = 0; i < CRC_BYTES; i++) bytes[i] = (uint8_t)(i * 7 + (i >> 5));
  uint32_t crc = 0xFFFFFFFF;
  while (rounds--) {
    for (uint32_t i = 0; i < CRC_BYTES; i++) crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 0xFF];
  }
  return ~crc;
}

/* ---- product of two 64 x 64 matrices */

#define N 64
typedef int32_t square[N][N];

uint32_t matrix(uint32_t rounds) {
  square *a = (square *)pool, *b = a + 1, *c = a + 2;
  uint32_t x = 0x2545F491;
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < N; j++) {
      (*a)[i][j] = (int32_t)(x = next_random(x)) >> 16;
      (*b)[i][j] = (int32_t)(x = next_random(x)) >> 16;
    }
  }
  uint32_t trace = 0;
  while (rounds--) {
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        int32_t sum = 0;
        for (int k = 0; k < N; k++) sum += (*a)[i][k] * (*b)[k][j];
        (*c)[i][j] = sum;
      }
      trace = trace * 31 + (uint32_t)(*c)[i][i];
    }
    (*a)[0][0] = (int32_t)trace >> 16;
  }
  return trace;
}

/* ---- quicksort */

#define SORTED 4096

static void sort(uint32_t *low, uint32_t *high) {
  while (low < high) {
    uint32_t pivot = low[(high - low) >> 1];
    uint32_t *l = low, *h = high;
    do {
      while (*l < pivot) l++;
      while (*h > pivot) h--;
      if (l <= h) {
        uint32_t t = *l;
        *l++ = *h;
        *h-- = t;
      }
    } while (l <= h);
    if (h - low < high - l) {
      sort(low, h);
      low = l;
    } else {
      sort(l, high);
      high = h;
    }
  }
}

uint32_t quicksort(uint32_t rounds) {
  uint32_t x = 0x9E3779B9, sum = 0;
  while (rounds--) {
    for (uint32_t i = 0; i < SORTED; i++) pool[i] = x = next_random(x);
    sort(pool, pool + SORTED - 1);
    for (uint32_t i = 0; i < SORTED; i += 64) sum = sum * 31 + pool[i];
  }
  return sum;
}

/* ---- walk through a list whose nodes lie in no order */

#define NODES 4096
struct node {
  struct node *next;
  uint32_t value;
};

uint32_t list_walk(uint32_t rounds) {
  struct node *nodes = (struct node *)pool;
  uint32_t at = 0;
  for (uint32_t i = 0; i < NODES; i++) {
    uint32_t then = (at + 1021) & (NODES - 1);
    nodes[at].next = i == NODES - 1 ? 0 : &nodes[then];
    nodes[at].value = i * 2654435761u;
    at = then;
  }
  uint32_t sum = 0;
  while (rounds--) {
    for (struct node *n = nodes; n; n = n->next) {
      sum += n->value ^ sum >> 3;
      n->value = sum;
    }
  }
  return sum;
}

/* ---- recursion: Fibonacci numbers and Ackermann's function */

static __attribute__((noinline, noclone, optimize("no-optimize-sibling-calls"))) uint32_t
fibonacci(uint32_t n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static __attribute__((noinline, noclone, optimize("no-optimize-sibling-calls"))) uint32_t
ackermann(uint32_t m, uint32_t n) {
  if (m == 0) return n + 1;
  return ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

uint32_t recursion(uint32_t rounds) {
  uint32_t sum = 0;
  while (rounds--) sum = sum * 31 + fibonacci(20) + ackermann(2, 60);
  return sum;
}

/* ---- a small virtual machine that runs a program */

enum { PUSH, LOAD, STORE, ADD, SUB, MUL, XOR, SHIFT, LESS, JUMP_IF, JUMP, DUP, HALT };

/* i = 0; x = 1; do { x = (x * 5 + i) ^ x >> 3; i = i + 1; } while (i < 2000); */
static const uint8_t program[] = {
    PUSH, 0,   STORE, 0,   PUSH, 1,   STORE, 1,   LOAD, 1,   PUSH,    5,   MUL,  LOAD, 0,
    ADD,  LOAD, 1,    PUSH, 3,   SHIFT, XOR, STORE, 1,   LOAD, 0,   PUSH,    1,   ADD,  DUP,
    STORE, 0,   PUSH, 250, PUSH, 8,   MUL, LESS, JUMP_IF, 8,   HALT};

static uint32_t interpret(uint32_t *stack, uint32_t *variables) {
  const uint8_t *at = program;
  uint32_t *top = stack;
  for (;;) {
    switch (*at++) {
      case PUSH: *++top = *at++; break;
      case LOAD: *++top = variables[*at++]; break;
      case STORE: variables[*at++] = *top--; break;
      case ADD: top--; *top += top[1]; break;
      case SUB: top--; *top -= top[1]; break;
      case MUL: top--; *top *= top[1]; break;
      case XOR: top--; *top ^= top[1]; break;
      case SHIFT: top--; *top >>= top[1] & 31; break;
      case LESS: top--; *top = *top < top[1]; break;
      case JUMP_IF: at = *top-- ? program + *at : at + 1; break;
      case JUMP: at = program + *at; break;
      case DUP: top++; *top = top[-1]; break;
      default: return variables[1];
    }
  }
}

uint32_t bytecode(uint32_t rounds) {
  uint32_t result = 0;
  while (rounds--) result = result * 31 + interpret(pool, pool + 64);
  return result;
}

/* ---- strings: words are written, measured, copied, compared, searched */

static uint32_t length(const char *s) {
  const char *end = s;
  while (*end) end++;
  return (uint32_t)(end - s);
}

static char *append(char *to, const char *from) {
  while ((*to = *from++)) to++;
  return to;
}

static int compare(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return (uint8_t)*a - (uint8_t)*b;
}

static const char *find(const char *text, const char *word) {
  for (; *text; text++) {
    const char *t = text, *w = word;
    while (*w && *t == *w) t++, w++;
    if (!*w) return text;
  }
  return 0;
}

static char *decimal(char *to, uint32_t value) {
  char digits[10];
  int n = 0;
  do digits[n++] = (char)('0' + value % 10); while (value /= 10);
  while (n) *to++ = digits[--n];
  *to = 0;
  return to;
}

uint32_t strings(uint32_t rounds) {
  static const char *const words[] = {"guest ", "timer ", "interrupt ", "hypervisor ",
                                      "page ",  "exit ",  "console ",   "register "};
  char *text = (char *)pool, *copy = text + 4096;
  uint32_t sum = 0;
  while (rounds--) {
    char *end = text;
    for (uint32_t i = 0; i < 64; i++) end = append(decimal(end, sum ^ i * 2654435761u), words[i & 7]);
    append(copy, text);
    const char *found = find(text, "register guest");
    sum = sum * 31 + length(copy) + (uint32_t)compare(text, copy) + (found ? 1 : 0);
    for (char *c = copy; *c; c++) {
      if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 32);
      sum = sum * 33 + (uint8_t)*c;
    }
  }
  return sum;
}
