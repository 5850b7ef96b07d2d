import * as genai from '@google/genai';
import { talk } from '../../talk.mjs';

console.log(await talk(genai));
// PM2 keeps a process, which is a server as a rule, by the channel that it has to it.
process.exit();
