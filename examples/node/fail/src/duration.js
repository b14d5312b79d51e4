const PARTS = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const SECONDS = [360, 60, 1];

/** A duration as people write it (90s, 45m, 1h30m) in seconds; throws for what is none. */
export function parse(text) {
  const parts = PARTS.exec(text);
  if (text === '' || parts === null) {
    throw new Error(`not a duration: ${text}`);
  }
  return SECONDS.reduce((sum, seconds, i) => sum + Number(parts[i + 1] ?? 0) * seconds, 0);
}
