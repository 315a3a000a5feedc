import { describe, expect, it } from 'vitest'
import { awsClock } from '../../src/aws/clock.ts'
import { translate } from '../../src/aws/errors.ts'
import { realClock } from '../support/real-clock.ts'

const route = { region: 'eu-west-1', retry: {}, clock: awsClock(realClock) }

function thrown(name: string, message = 'as AWS put it', rest: object = {}): Error {
  return Object.assign(new Error(message), { name }, rest)
}

function translated(cause: unknown, operation: Parameters<typeof translate>[1] = 'ListPermissionSets') {
  const refusal = translate(cause, operation, route)
  const [diagnostic] = refusal.diagnostics
  return { refusal, code: diagnostic?.code, message: diagnostic?.message ?? '', hint: diagnostic?.hint ?? '' }
}

describe('what AWS or the way to it throws', () => {
  it.each([
    ['CredentialsProviderError', 'aws-credentials', /aws login/],
    ['ExpiredTokenException', 'aws-credentials', /log in again/],
    ['UnrecognizedClientException', 'aws-credentials', /get-caller-identity/],
    ['InvalidClientTokenId', 'aws-credentials', /leftover access keys/],
    [
      'AWSOrganizationsNotInUseException',
      'aws-no-organization',
      /singlesignon\/home\?region=eu-west-1 \(Enable \(有効にする\)/,
    ],
    ['AccessDeniedException', 'aws-access-denied', /permission sso:ListPermissionSets/],
    ['AccessDenied', 'aws-access-denied', /permission sso:ListPermissionSets/],
    ['ResourceNotFoundException', 'aws-not-found', /run plan again/],
    ['ConflictException', 'aws-conflict', /run plan again/],
    ['ServiceQuotaExceededException', 'aws-quota', /Service Quotas/],
    ['ThrottlingException', 'aws-throttled', /wait a minute/],
    ['TooManyRequestsException', 'aws-throttled', /wait a minute/],
    ['ValidationException', 'aws-validation', /correct the value/],
    ['TimeoutError', 'aws-unreachable', /eu-west-1/],
    ['SomethingNewException', 'aws-error', /search for/],
  ])('%s is %s, with what to do next', (name, code, hint) => {
    const one = translated(thrown(name))
    expect(one.code).toBe(code)
    expect(one.hint).toMatch(hint)
    expect(one.message).toMatch(/^sso:ListPermissionSets .* \(.*: as AWS put it\)$/)
    expect(one.message).toContain(name)
  })

  it.each([
    [
      '@smithy/node-http-handler - [ERROR] a request has exceeded the configured 60000 ms requestTimeout.',
      /^sso:ListPermissionSets got no response within 60 seconds \(TimeoutError: /,
      /^the connection works but the response is slow: check AWS Health for eu-west-1, /,
    ],
    [
      '@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of 5000 ms.',
      /^sso:ListPermissionSets could not be sent: no connection within 5 seconds \(TimeoutError: /,
      /^check the network, proxies and firewalls, the region \(eu-west-1\)/,
    ],
  ])('names what was slow: %s', (text, message, hint) => {
    const one = translated(thrown('TimeoutError', text))
    expect(one.code).toBe('aws-unreachable')
    expect(one.message).toMatch(message)
    expect(one.hint).toMatch(hint)
  })

  it.each([
    [5000, 1, 'within 5 seconds ('],
    [30000, 3, 'within 30 seconds, 3 times ('],
    [1000, 6, 'within 1 second, 6 times ('],
  ])('says how long was waited, and how often: %i ms, %i times', (milliseconds, attempts, words) => {
    const text = `@smithy/node-http-handler - [ERROR] a request has exceeded the configured ${milliseconds} ms requestTimeout.`
    const one = translated(thrown('TimeoutError', text, { $metadata: { attempts } }))
    expect(one.message).toContain(`got no response ${words}`)
  })

  it('names a socket’s error by its code', () => {
    const one = translated(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
    expect([one.code, one.message]).toEqual([
      'aws-unreachable',
      'sso:ListPermissionSets got no response (ECONNREFUSED: connect)',
    ])
  })

  it('leaves open whether a change was carried out, and nothing of a question', () => {
    const cause = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    expect(translated(cause, 'CreateUser').hint).toContain('whether it was carried out is unknown')
    expect(translated(cause).hint).not.toContain('carried out')
  })

  it('names a group of socket errors too, which Node throws for a host with several addresses', () => {
    const several = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' })
    expect(translated(several).code).toBe('aws-unreachable')
  })

  it('keeps the Reason member that some errors carry', () => {
    const one = translated(thrown('AccessDeniedException', 'no', { Reason: 'KMS_AccessDeniedException' }))
    expect(one.message).toContain('(AccessDeniedException, KMS_AccessDeniedException: no)')
  })

  it.each([
    [
      'AccessDeniedException',
      'KMS_AccessDeniedException',
      'aws-key-denied',
      /denied the use of the KMS key/,
      /iam-policy/,
    ],
    ['ResourceNotFoundException', 'KMS_NotFoundException', 'aws-key-missing', /cannot find it/, /management account/],
    ['ValidationException', 'KMS_DisabledException', 'aws-key-unusable', /it is disabled/, /Enable/],
    ['ValidationException', 'KMS_InvalidStateException', 'aws-key-unusable', /pending deletion/, /Cancel key deletion/],
    ['ValidationException', 'KMS_InvalidKeyUsageException', 'aws-key-unusable', /not a key for/, /ENCRYPT_DECRYPT/],
    ['ThrottlingException', 'KMS_ThrottlingException', 'aws-throttled', /throttled by KMS/, /wait a minute/],
  ])('%s with %s is trouble with the key, and nothing else', (name, Reason, code, says, hint) => {
    const one = translated(thrown(name, 'no', { Reason }))
    expect(one).toMatchObject({ code, message: expect.stringMatching(says), hint: expect.stringMatching(hint) })
  })

  it('knows a denial of the key by its words where no reason comes with it', () => {
    const words =
      'User u is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action'
    expect(translated(thrown('AccessDeniedException', words)).code).toBe('aws-key-denied')
    expect(translated(thrown('AccessDeniedException', 'not authorized to perform: sso:ListInstances')).code).toBe(
      'aws-access-denied',
    )
  })

  it('stays one sentence however long and broken the answer is, and keeps the cause', () => {
    const cause = thrown('ValidationException', `line one\n\tline two ${'x'.repeat(5000)}`)
    const { message, refusal } = translated(cause)
    expect(message).toContain('line one line two xxx')
    expect(message.length).toBeLessThan(500)
    expect(refusal.cause).toBe(cause)
  })

  it('copes with what is no error', () => {
    expect(translated('just a text').message).toBe('sso:ListPermissionSets failed (UnknownError: just a text)')
  })
})

it.each([
  [
    'a cache that is over',
    'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
  ],
  ['a cache that is not there', 'The SSO session token associated with profile=work was not found or is invalid.'],
  ['a session that was ended elsewhere', 'UnauthorizedException: Session token not found or invalid'],
])('a login that has ended is told as that, and who logs in again is told how: %s', (_what, message) => {
  const cause = Object.assign(new Error(message), { name: 'CredentialsProviderError' })
  expect(translate(cause, 'ListPermissionSets', { ...route, profile: 'work' }).diagnostics).toEqual([
    expect.objectContaining({
      code: 'aws-credentials',
      message: 'sso:ListPermissionSets could not be sent: your login to work has ended',
      hint: 'sso-reconcile login work -- sso-reconcile plan',
    }),
  ])
})
