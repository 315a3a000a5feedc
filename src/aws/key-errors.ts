/** What is wrong with the customer managed key that encrypts Identity Center, told by the `Reason` that an error carries. */
export interface KeyTrouble {
  readonly code: string
  /** What happened, after "sso:ListInstances". */
  readonly says: string
  readonly hint: string
}

/** The key is named by a command that needs no use of it. */
const which = '"sso-reconcile iam-policy" names it'

/**
 * Source: the enumerations AccessDeniedExceptionReason, ResourceNotFoundExceptionReason, ThrottlingExceptionReason and
 * ValidationExceptionReason of sso-admin and identitystore; key states and what to do: KMS Developer Guide, "Key states of KMS keys".
 */
const troubles: Readonly<Record<string, KeyTrouble>> = {
  KMS_AccessDeniedException: {
    code: 'aws-key-denied',
    says: 'was denied the use of the KMS key that encrypts Identity Center',
    hint: 'allow the caller kms:Decrypt on that key: "sso-reconcile iam-policy" prints the statements; the key policy must allow it too (user guide, "Baseline KMS key policy")',
  },
  KMS_NotFoundException: {
    code: 'aws-key-missing',
    says: 'needs the KMS key that encrypts Identity Center, but KMS cannot find it',
    hint: `look for the key in the management account, in the primary Region; ${which}. A deleted key cannot be restored, nor the data it encrypted`,
  },
  KMS_DisabledException: {
    code: 'aws-key-unusable',
    says: 'needs the KMS key that encrypts Identity Center, but it is disabled',
    hint: `enable it in the KMS console of the management account: Customer managed keys > the key > Key actions > Enable; ${which}`,
  },
  KMS_InvalidStateException: {
    code: 'aws-key-unusable',
    says: 'needs the KMS key that encrypts Identity Center, but its state does not allow that (pending deletion, for example)',
    hint: `check its state in the KMS console of the management account; if its deletion is scheduled: Key actions > Cancel key deletion, then Enable; ${which}`,
  },
  KMS_InvalidKeyUsageException: {
    code: 'aws-key-unusable',
    says: 'needs the KMS key that encrypts Identity Center, but it is not a key for encryption and decryption',
    hint: `Identity Center needs a symmetric key with the usage ENCRYPT_DECRYPT; ${which}`,
  },
  KMS_ThrottlingException: {
    code: 'aws-throttled',
    says: 'was throttled by KMS on every retry',
    hint: 'other callers use the same key; wait a minute and run this again',
  },
}

/** The trouble with the key that an error of AWS tells, by its reason or, where it carries none, by its words; else undefined. */
export function keyTrouble(name: string, reason: string | undefined, text: string): KeyTrouble | undefined {
  if (reason !== undefined && Object.hasOwn(troubles, reason)) return troubles[reason]
  // User guide, "Troubleshoot customer managed keys".
  const denied = name.startsWith('AccessDenied') && /not authorized to perform: kms:/.test(text)
  return denied ? troubles.KMS_AccessDeniedException : undefined
}
