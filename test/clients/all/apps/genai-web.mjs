// The web build of the SDK, as Node loads it under the browser condition or by name.
import * as genai from '@google/genai/web';
import { talk } from '../../talk.mjs';

console.log(await talk(genai));
