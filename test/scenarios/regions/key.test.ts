import { expect, it, onTestFinished } from 'vitest'
import { run } from '../../support/here.ts'
import { type Answer, json, startRelay } from '../e2e/support/relay.ts'
import { centerIn } from './support/center.ts'

/** An error as sso-admin words it. */
function refusal(name: string, Reason: string): Answer {
  return json({ __type: name, Message: 'The key cannot be used.', Reason }, 400)
}

it.each([
  // Without its reason this would say that there is no boundary, and that the set is gone.
  [
    'GetPermissionsBoundaryForPermissionSet',
    refusal('ResourceNotFoundException', 'KMS_NotFoundException'),
    'KMS cannot find it',
  ],
  [
    'ListPermissionSets',
    refusal('AccessDeniedException', 'KMS_AccessDeniedException'),
    'denied the use of the KMS key',
  ],
  ['ListUsers', refusal('ValidationException', 'KMS_DisabledException'), 'but it is disabled'],
])('%s that a key stands in the way of ends a plan with what to do about the key', async (operation, answer, says) => {
  const center = await centerIn('ap-northeast-1', { permissionSets: [{ name: 'AdministratorAccess' }] })
  const relay = await startRelay(center.url)
  onTestFinished(() => relay.close())
  relay.pass = (call, forward) => (call.operation === operation ? Promise.resolve(answer) : forward())
  const desk = { ...center.desk('ap-northeast-1'), endpoint: relay.url }
  const { code, stdout, stderr } = await run(desk, ['plan'])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain(`:${operation} `)
  expect(stderr).toContain(says)
  expect(stderr).toContain('iam-policy')
})
