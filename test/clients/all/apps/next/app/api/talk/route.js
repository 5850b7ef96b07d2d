import * as genai from '@google/genai';
import { talk } from '../../../../../../talk.mjs';

export const dynamic = 'force-dynamic';

export async function GET() {
  return new Response(await talk(genai));
}
