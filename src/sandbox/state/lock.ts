import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'

/**
 * Runs `work` while this process holds the lock file, or gives false at once when another living process holds it.
 * A lock left behind by a process that is gone is taken over. `work` must be synchronous.
 */
export function underLock(lock: string, unique: string, work: () => void): boolean {
  if (!take(lock) && !(clearStale(lock, unique) && take(lock))) return false
  try {
    work()
  } finally {
    unlinkSync(lock)
  }
  return true
}

function take(lock: string): boolean {
  const mine = `${lock}.${process.pid}`
  writeFileSync(mine, String(process.pid), { mode: 0o600 })
  try {
    // A link appears with its content, so that nobody reads a lock whose owner is not in it yet.
    linkSync(mine, lock)
    return true
  } catch {
    return false
  } finally {
    unlinkSync(mine)
  }
}

function clearStale(lock: string, unique: string): boolean {
  const owner = read(lock)
  if (owner === undefined) return true
  if (isAlive(Number(owner))) return false
  const aside = `${lock}.${unique}.stale`
  try {
    renameSync(lock, aside)
    // Somebody else may have cleared it and locked in between: then what was moved aside is theirs and goes back.
    if (read(aside) !== owner) linkSync(aside, lock)
    unlinkSync(aside)
  } catch {
    return false
  }
  return true
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** This process does not count: it compacts synchronously, so a lock with its number is from an earlier life. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
