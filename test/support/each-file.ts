import { afterAll } from 'vitest'
import { endAll } from './at-end.ts'
import { ourTime } from './time.ts'

// Runs before each test file, also where files share what they import: a hook in a shared module would be heard of once.
afterAll(endAll)

// What one file slept must not make the clock of the next one wrong.
ourTime.restart()
