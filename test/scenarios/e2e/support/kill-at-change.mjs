// Loaded before the binary by NODE_OPTIONS: ends the process with SIGKILL just before its KILL_ATth change to files below
// KILL_BELOW. Writing a text counts twice: before it, and with half of it written. Without a kill it says at the end how many there were.
import { createRequire, syncBuiltinESMExports } from 'node:module'

const files = createRequire(import.meta.url)('node:fs').promises
const { KILL_AT, KILL_BELOW } = process.env
let count = 0

/** True when this is the change that must not happen any more. */
function isLast() {
  count += 1
  return count === Number(KILL_AT)
}

function die() {
  process.kill(process.pid, 'SIGKILL')
}

function guard(owner, name, concerns = () => true) {
  const original = owner[name].bind(owner)
  owner[name] = (...given) => {
    if (concerns(...given) && isLast()) die()
    return original(...given)
  }
}

const isBelow = (path) => String(path).startsWith(KILL_BELOW)
for (const name of ['rename', 'unlink', 'mkdir']) guard(files, name, isBelow)

const open = files.open
files.open = async (path, flags, ...rest) => {
  const writes = isBelow(path) && typeof flags === 'string' && flags !== 'r'
  if (writes && isLast()) die()
  const handle = await open(path, flags, ...rest)
  if (!writes) return handle
  for (const name of ['chmod', 'chown', 'sync']) guard(handle, name)
  const write = handle.writeFile.bind(handle)
  handle.writeFile = async (text, ...how) => {
    if (isLast()) die()
    if (isLast()) {
      await write(text.slice(0, text.length / 2), ...how)
      die()
    }
    return write(text, ...how)
  }
  return handle
}

process.once('exit', () => process.stderr.write(`changes: ${count}\n`))
syncBuiltinESMExports()
