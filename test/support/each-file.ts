import { afterAll } from 'vitest'
import { endAll } from './at-end.ts'

// Runs before each test file, also where files share what they import: a hook in a shared module would be heard of once.
afterAll(endAll)
