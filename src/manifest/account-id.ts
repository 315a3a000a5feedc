/** Message and hint about a text that should have been a 12-digit account id. */
export interface AccountIdProblem {
  readonly code: string
  readonly message: string
  readonly hint: string
}

/** True for twelve digits. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text)
}

/** Why a text that looks like a number is no account id; undefined when it does not look like a number. */
export function numericProblem(text: string): AccountIdProblem | undefined {
  const digits = text.replace(/[-\s_]/g, '')
  if (!/^\d+$/.test(digits)) return notation(text)
  if (digits.length === 12) {
    const message = `account id ${JSON.stringify(text)} must be exactly 12 digits`
    return { code: 'account-id', message, hint: `write "${digits}"` }
  }
  const message = `${JSON.stringify(text)} has ${count(digits.length)}; account ids have 12`
  const padded = digits.padStart(12, '0')
  const hint = digits.length < 12 ? `if a leading zero was lost, write "${padded}"` : 'check the number'
  return { code: 'account-id', message, hint }
}

function notation(text: string): AccountIdProblem | undefined {
  if (!/^[-+.\d]/.test(text) || Number.isNaN(Number(text))) return undefined
  const message = `${JSON.stringify(text)} is a number, not a 12-digit account id`
  return { code: 'account-id', message, hint: 'write all 12 digits in quotes' }
}

function count(digits: number): string {
  return digits === 1 ? '1 digit' : `${digits} digits`
}
