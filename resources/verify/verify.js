"use strict";
// Checks the text of a paper's QR code with no server: Ed25519 by the browser where it can, else by the code below.
const PaperCheck = (() => {
  const P = (1n << 255n) - 19n;
  const L = (1n << 252n) + 27742317777372353535851937790883648493n;
  const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
  const SQRT_M1 = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;
  const MASK = (1n << 64n) - 1n;
  const mod = (a, m = P) => ((a % m) + m) % m;

  function power(base, exponent, modulus) {
    let result = 1n;
    for (let b = mod(base, modulus), e = exponent; e > 0n; e >>= 1n) {
      if (e & 1n) result = (result * b) % modulus;
      b = (b * b) % modulus;
    }
    return result;
  }
  const inverse = (a) => power(a, P - 2n, P);

  // SHA-512: its constants are the first bits of the fractional parts of roots of primes.
  const primes = [];
  for (let n = 2; primes.length < 80; n++) if (primes.every((p) => n % p)) primes.push(n);
  function root(value, degree) {
    let low = 0n, high = 1n << 72n;
    while (low < high) {
      const middle = (low + high + 1n) >> 1n;
      if (middle ** BigInt(degree) <= value) low = middle; else high = middle - 1n;
    }
    return low;
  }
  const K = primes.map((p) => root(BigInt(p) << 192n, 3) & MASK);
  const START = primes.slice(0, 8).map((p) => root(BigInt(p) << 128n, 2) & MASK);
  const turn = (x, n) => ((x >> n) | (x << (64n - n))) & MASK;

  function sha512(bytes) {
    const length = Math.ceil((bytes.length + 17) / 128) * 128;
    const padded = new Uint8Array(length);
    padded.set(bytes);
    padded[bytes.length] = 128;
    new DataView(padded.buffer).setBigUint64(length - 8, BigInt(bytes.length) * 8n);
    const view = new DataView(padded.buffer);
    const state = START.slice();
    for (let at = 0; at < length; at += 128) {
      const w = [];
      for (let i = 0; i < 16; i++) w.push(view.getBigUint64(at + i * 8));
      for (let i = 16; i < 80; i++) {
        const s0 = turn(w[i - 15], 1n) ^ turn(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
        const s1 = turn(w[i - 2], 19n) ^ turn(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
        w.push((w[i - 16] + s0 + w[i - 7] + s1) & MASK);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 80; i++) {
        const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
        const t1 = (h + s1 + ((e & f) ^ (~e & MASK & g)) + K[i] + w[i]) & MASK;
        const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & MASK;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] = (state[i] + value) & MASK; });
    }
    const out = new Uint8Array(64);
    state.forEach((value, i) => new DataView(out.buffer).setBigUint64(i * 8, value));
    return out;
  }

  const fromBytes = (bytes) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

  // Points of the curve as (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z.
  const IDENTITY = [0n, 1n, 1n, 0n];
  function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2));
    const c = mod(2n * t1 * t2 * D), d = mod(2n * z1 * z2);
    const e = b - a, f = d - c, g = d + c, h = b + a;
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }
  function times(scalar, point) {
    let result = IDENTITY;
    for (let s = scalar, p = point; s > 0n; s >>= 1n, p = add(p, p)) if (s & 1n) result = add(result, p);
    return result;
  }
  function decode(bytes) {
    const raw = fromBytes(bytes);
    const y = raw & ((1n << 255n) - 1n);
    if (y >= P) return null;
    const u = mod(y * y - 1n), v = mod(D * y * y + 1n);
    let x = mod(u * power(v, 3n, P) * power(u * power(v, 7n, P), (P - 5n) / 8n, P));
    const square = mod(v * x * x);
    if (square !== u) {
      if (square !== mod(-u)) return null;
      x = mod(x * SQRT_M1);
    }
    if (x === 0n && raw >> 255n) return null;
    if ((x & 1n) !== raw >> 255n) x = P - x;
    return [x, y, 1n, mod(x * y)];
  }
  const BASE = decode(Uint8Array.from([0x58, ...Array(31).fill(0x66)]));

  function holdsHere(publicKey, signature, content) {
    const a = decode(publicKey), r = decode(signature.subarray(0, 32)), s = fromBytes(signature.subarray(32));
    if (!a || !r || s >= L) return false;
    const joined = new Uint8Array(64 + content.length);
    joined.set(signature.subarray(0, 32));
    joined.set(publicKey, 32);
    joined.set(content, 64);
    const k = fromBytes(sha512(joined)) % L;
    const [x1, y1, z1] = times(s, BASE), [x2, y2, z2] = add(r, times(k, a));
    return mod(x1 * z2 - x2 * z1) === 0n && mod(y1 * z2 - y2 * z1) === 0n;
  }

  async function holds(publicKey, signature, content, subtle) {
    if (subtle) {
      try {
        const key = await subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
        return await subtle.verify({ name: "Ed25519" }, key, signature, content);
      } catch (error) { /* this browser has no Ed25519 */ }
    }
    return holdsHere(publicKey, signature, content);
  }

  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  function base32(text) {
    const bytes = [];
    let held = 0, bits = 0;
    for (const letter of text) {
      const value = LETTERS.indexOf(letter);
      if (value < 0) return null;
      held = (held << 5) | value;
      bits += 5;
      if (bits >= 8) { bits -= 8; bytes.push((held >> bits) & 255); held &= (1 << bits) - 1; }
    }
    return Uint8Array.from(bytes);
  }
  const base64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  /** Answer {verdict, number, kind, day, stationRevoked}: authentic, revoked, not_valid_then, altered, unknown_key or not_ours. */
  async function check(text, keys, subtle) {
    const parts = text.trim().split(":");
    if (parts[0] !== "WA1") return { verdict: "not_ours" };
    if (parts.length !== 7 || !/^\d{8}$/.test(parts[3])) return { verdict: "altered" };
    const [, number, kind, day, id] = parts;
    const said = { number, kind, day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` };
    const signature = base32(parts[6]);
    const key = keys.find((one) => one.id === id);
    if (!signature || signature.length !== 64) return { ...said, verdict: "altered" };
    if (!key) return { ...said, verdict: "unknown_key" };
    const content = new TextEncoder().encode(parts.slice(0, 6).join(":"));
    if (!(await holds(base64(key.public), signature, content, subtle))) return { ...said, verdict: "altered" };
    if (key.revoked) return { ...said, verdict: "revoked" };
    if (said.day < key.from || said.day > key.until) return { ...said, verdict: "not_valid_then" };
    return { ...said, verdict: "authentic", stationRevoked: Boolean(key.station_revoked) };
  }
  return { check, holdsHere, sha512 };
})();
if (typeof module !== "undefined") module.exports = PaperCheck;
