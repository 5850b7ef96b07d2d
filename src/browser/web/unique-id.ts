/** In the place of src/instrumentation/unique-id.ts: `randomUUID()` is there on secure pages only. */
import { randomHex } from '../random-hex.ts';

export function uniqueId(): string {
  return globalThis.crypto.randomUUID?.() ?? asUuid(randomHex(16));
}

/** Version 4 of RFC 9562. */
export function asUuid(hex: string): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
