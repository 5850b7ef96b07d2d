/**
 * A time that has not come (yet). A number rather than `undefined`, so that fields written on every audio frame
 * stay plain doubles and a write allocates nothing.
 */
export const never = Number.POSITIVE_INFINITY;
