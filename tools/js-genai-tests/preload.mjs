/** Their tests import the compiled sources and not the package, which the loader hooks would know. */
import 'live-otel/register';
import { LiveInstrumentation } from 'live-otel';

new LiveInstrumentation().instrument(await import(process.env.JS_GENAI_LIVE));
