export { mostTelling } from './closures.ts';
export { type JsonReport, toJson } from './json.ts';
export { buildSessions, type ClosurePart, type LiveSession, type Part } from './model.ts';
export { type BrokenLine, InputError, type ReadResult, readInputs } from './read.ts';
export { renderText, type TextOptions } from './render-text.ts';
export { defaultStyle, detectStyle, type Style } from './style.ts';
export { type Totals, totals } from './totals.ts';
