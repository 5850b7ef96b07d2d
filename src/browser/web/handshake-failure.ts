/** In the place of src/diagnosis/signals/handshake-failure.ts: no error of a page says more than that it failed. */
export const handshakeFailureOf = (): undefined => undefined;
