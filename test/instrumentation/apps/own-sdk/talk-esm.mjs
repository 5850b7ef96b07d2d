import * as sdk from '@google/genai';
import { talk } from './talk.cjs';

await talk(sdk);
