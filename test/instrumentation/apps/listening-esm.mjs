import * as sdk from '@google/genai';
import * as liveOtel from 'live-otel';
import { listen, talk } from './listening.cjs';

listen(liveOtel);
await talk(sdk);
