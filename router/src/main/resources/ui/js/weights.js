/** Shares of calls in whole percent: whatever is moved, they add up to 100. */

/**
 * Gives one version a share, and the others the rest, in the proportions they had.
 * @param weights version to percent
 */
export function shift(weights, version, wanted) {
  const others = Object.keys(weights).filter(each => each !== version);
  if (!others.length) return { [version]: 100 };
  const share = Math.max(0, Math.min(100, Math.round(Number(wanted)) || 0));
  const rest = 100 - share;
  const had = others.reduce((sum, each) => sum + weights[each], 0);
  const exact = others.map(each => [each, had > 0 ? (rest * weights[each]) / had : rest / others.length]);
  const next = Object.fromEntries(exact.map(([each, value]) => [each, Math.floor(value)]));
  let missing = rest - Object.values(next).reduce((a, b) => a + b, 0);
  for (const [each] of exact.sort((a, b) => (b[1] % 1) - (a[1] % 1))) {
    if (missing-- > 0) next[each]++;
  }
  return { ...next, [version]: share };
}

/** Those with a share, which is what the router takes. */
export const withShare = weights => Object.fromEntries(Object.entries(weights).filter(([, share]) => share > 0));

/** Of all versions, 0 for those that get no calls. */
export const ofAll = (versions, weights) => Object.fromEntries(versions.map(version => [String(version), weights?.[version] ?? 0]));
