// As Node.js runs TypeScript itself: it takes the types away.
import * as genai from '@google/genai';
import { talk } from '../../talk.mjs';

const said: string = await talk(genai);
console.log(said);
