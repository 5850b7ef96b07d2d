export async function register() {
  // The run without us sets no file.
  if (process.env.NEXT_RUNTIME === 'nodejs' && process.env.LIVE_OTEL_FILE) await import('live-otel/register');
}
