import { clicks, consolePage, label } from '../../model/console.ts'
import type { ManualStep } from '../../model/plan.ts'

const prefix = 'activated:'

/**
 * How a user created by API gets a password: AWS sends no invitation by itself. Sources: UG/userswithoutpwd, UG/reset-password-for-user.
 */
export function activation(name: string, region: string): ManualStep {
  return {
    key: `${prefix}${name}`,
    link: consolePage(region, 'users'),
    steps: [
      `with ${label('Send email OTP')} on, ${name} signs in at the access portal and AWS sends the mail; otherwise ${clicks('Users', name, 'Reset password', 'Send an email')} (AWS sends no invitation to users created by API)`,
      `${name} follows the link in the mail, sets a password and registers an MFA device`,
    ],
  }
}

/** The activation that a key of the checklist is about; undefined for any other key. */
export function activationNamed(key: string, region: string): ManualStep | undefined {
  return key.startsWith(prefix) ? activation(key.slice(prefix.length), region) : undefined
}
