// Forks the session as the worker of LiveKit Agents forks a job: the flags of Node go along.
import { fork } from 'node:child_process';

const job = fork(new URL('livekit.mjs', import.meta.url));
job.on('exit', (code) => {
  process.exitCode = code;
});
