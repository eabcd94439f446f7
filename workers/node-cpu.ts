/** CPU milliseconds of this process so far: comparable on busy machines, where wall time is not. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
