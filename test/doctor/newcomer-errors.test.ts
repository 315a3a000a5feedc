import { expect, it } from 'vitest'
import { explain, newcomerErrors } from '../../src/doctor/newcomer-errors.ts'
import { messages } from './newcomer-messages.ts'

it.each(messages)('%s: %s', (code, message) => {
  const found = explain(message)
  expect(found?.code).toBe(code)
  expect(found?.next).toBeTruthy()
})

it('every row is met by a message', () => {
  expect(newcomerErrors.map(({ code }) => code).toSorted()).toEqual(
    [...new Set(messages.map(([code]) => code))].toSorted(),
  )
})

it('names what the message named, and nothing that could steer a terminal', () => {
  expect(explain('The config profile (a\u001b[31mb) could not be found')?.meaning).toContain(
    'no profile "a\u001b[31mb"',
  )
  expect(
    explain('$1 Token for $& does not exist, Error loading SSO Token: Token for $& does not exist')?.meaning,
  ).toContain('sso-session "$&"')
})

it('does not guess', () => {
  expect(explain('')).toBeUndefined()
  expect(explain('An error occurred (NoSuchBucket) when calling the ListObjects operation')).toBeUndefined()
})
