/** In the place of src/session/music.ts: a page records no music. */
export const createMusic = (): undefined => undefined;

export const sendMusic = (): void => {};

export const receiveMusic = (): void => {};

export const musicOwed = (): undefined => undefined;

export const isMusicBack = (): boolean => false;

export const musicAtEnd = (): object => ({});
