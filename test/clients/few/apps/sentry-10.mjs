import * as Sentry from 'sentry-10';
import { handleCall } from '../../sentry.mjs';

await handleCall(Sentry, () => import('@google/genai'));
