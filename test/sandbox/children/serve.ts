import { randomBytes } from 'node:crypto'
import { startSandbox } from '../../../src/sandbox/server.ts'
import { seed } from './seed.ts'

// A sandbox in a process of its own: prints its address and runs until it is killed.
const [stateFile = ''] = process.argv.slice(2)
const { url } = await startSandbox({ stateFile, seed, now: () => new Date(), random: (bytes) => randomBytes(bytes) })
process.stdout.write(`${url}\n`)
