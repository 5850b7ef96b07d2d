/** A cause as Markdown: what it is called, and the id to look it up by. Pure. */
import { causeTitle } from '../words.ts';
import { code, prose } from './escape.ts';

export function causeName(id: string): string {
  const title = causeTitle(id);
  return title === id || id === 'unknown' ? prose(title) : `${prose(title)} (${code(id)})`;
}
