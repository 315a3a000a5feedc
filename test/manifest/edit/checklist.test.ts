import { describe, expect, it } from 'vitest'
import { recorded, stillToDo } from '../../../src/manifest/edit/checklist.ts'

const text = `version: 1
checklist: # by hand
  mfa_policy: todo # soon
  send_email_otp: 2026-01-02
  activated: { taro: todo, "山田": todo }
`

describe('a checklist step that is done', () => {
  it('is offered only where the manifest says todo', () => {
    const keys = ['mfa_policy', 'send_email_otp', 'portal_session', 'activated:taro', 'activated:hanako']
    expect(stillToDo(text, keys)).toEqual(['mfa_policy', 'activated:taro'])
  })

  it('becomes a date in place, and every other byte stays', () => {
    expect(recorded(text, ['mfa_policy', 'activated:山田'], '2026-11-22')).toBe(
      text.replace('mfa_policy: todo', 'mfa_policy: 2026-11-22').replace('"山田": todo', '"山田": 2026-11-22'),
    )
    expect(recorded(text, ['send_email_otp', 'nothing'], '2026-11-22')).toBe(text)
  })
})
