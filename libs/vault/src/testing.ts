import { createPublicKey, verify } from 'node:crypto';
import { coversText, KeyDestroyed, type Vault } from './vault.js';

export { MemoryVault } from './adapters/memory.js';

/** How an adapter is opened for the contract; `reopen` closes and opens again over the same storage, where there is one. */
export interface OpenVault {
  readonly vault: Vault;
  readonly reopen?: () => Promise<Vault>;
  readonly discard: () => Promise<void>;
}

/** What every vault does alike. */
export function vaultContract(name: string, openVault: () => Promise<OpenVault>): void {
  describe(`the vault contract, ${name}`, () => {
    let opened: OpenVault;
    let vault: Vault;
    beforeEach(async () => {
      opened = await openVault();
      vault = opened.vault;
    });
    afterEach(() => opened.discard());

    it('makes a 256-bit key once and answers the same one after', async () => {
      const key = await vault.ensure('member:ada');
      expect(key).toHaveLength(32);
      expect(await vault.ensure('member:ada')).toEqual(key);
      expect((await vault.keys(['member:ada'])).get('member:ada')).toEqual(key);
      expect(await vault.ensure('circle:ada')).not.toEqual(key);
    });

    it('maps what never had a key, and what is no key id, to null', async () => {
      const keys = await vault.keys(['member:bo', 'nobody', 'installation:signing']);
      expect([...keys]).toEqual([
        ['member:bo', null],
        ['nobody', null],
        ['installation:signing', null],
      ]);
    });

    it.each(['', 'ada', 'member:', 'installation:signing', 'member:a b', `member:${'x'.repeat(200)}`])(
      'makes and destroys no key called "%s"',
      async (id) => {
        await expect(vault.ensure(id)).rejects.toThrow('is not the id of a key');
        await expect(vault.destroy(id)).rejects.toThrow('is not the id of a key');
      },
    );

    it('answers at once what is at hand, and never what was destroyed', async () => {
      expect(vault.atHand('member:ada')).toBeUndefined();
      const key = await vault.ensure('member:ada');
      expect(vault.atHand('member:ada')).toEqual(key);
      await vault.destroy('member:ada');
      expect(vault.atHand('member:ada')).toBeUndefined();
    });

    it('gives one key to those who ask at once', async () => {
      const keys = await Promise.all(Array.from({ length: 20 }, () => vault.ensure('member:ada')));
      expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    });

    it('destroys for ever: the key is null, is never made again, and destroying twice changes nothing', async () => {
      await vault.ensure('member:ada');
      await vault.destroy('member:ada');
      await vault.destroy('member:ada');
      expect((await vault.keys(['member:ada'])).get('member:ada')).toBeNull();
      await expect(vault.ensure('member:ada')).rejects.toBeInstanceOf(KeyDestroyed);
      expect(vault.forgotten).toBe(1);
    });

    it('buries an id that never had a key', async () => {
      await vault.destroy('member:bo');
      await expect(vault.ensure('member:bo')).rejects.toBeInstanceOf(KeyDestroyed);
    });

    it('counts what was forgotten, and a round of nominations is not text', async () => {
      await vault.ensure('seal:e1:1');
      await vault.destroy('seal:e1:1');
      expect(coversText('seal:e1:1')).toBe(false);
      expect(vault.forgotten).toBe(0);
      await vault.ensure('circle:c');
      await vault.destroy('circle:c');
      expect(vault.forgotten).toBe(1);
    });

    it('recognises equal inputs by a keyed fingerprint', () => {
      expect(vault.fingerprint('é')).toMatch(/^[0-9a-f]{64}$/);
      expect(vault.fingerprint('é')).toBe(vault.fingerprint('é'));
      expect(vault.fingerprint('é')).not.toBe(vault.fingerprint('e'));
    });

    it('signs so that the public key verifies', () => {
      const key = createPublicKey({ key: Buffer.from(vault.publicKey(), 'base64'), type: 'spki', format: 'der' });
      const signature = Buffer.from(vault.sign(Buffer.from('head')), 'base64');
      expect(verify(null, Buffer.from('head'), key, signature)).toBe(true);
      expect(verify(null, Buffer.from('heat'), key, signature)).toBe(false);
    });

    it('keeps keys, tombstones, fingerprints and its signature over a restart', async () => {
      if (!opened.reopen) return;
      const key = Buffer.from(await vault.ensure('member:ada'));
      await vault.ensure('member:bo');
      await vault.destroy('member:bo');
      const [print, publicKey] = [vault.fingerprint('x'), vault.publicKey()];
      vault = await opened.reopen();
      expect(await vault.ensure('member:ada')).toEqual(key);
      await expect(vault.ensure('member:bo')).rejects.toBeInstanceOf(KeyDestroyed);
      expect([vault.fingerprint('x'), vault.publicKey()]).toEqual([print, publicKey]);
    });
  });
}
