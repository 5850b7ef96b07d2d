import * as genai from '@google/genai';
import { talk } from '../../talk.mjs';

console.log(await talk(genai));
