import { mistyped } from './mistyped.js';

describe('mistyped', () => {
  it.each(['READ_STORE_ULR', 'READ_STOR_URL', 'READ_STOREE_URL', 'READ-STORE_URL', 'read_store_url'])(
    'tells that %s is no setting',
    (given) => expect(mistyped({ [given]: 'postgres://127.0.0.1/ronde' })).toEqual([[given, 'READ_STORE_URL']]),
  );

  it('says nothing of settings, and of what belongs to others', () => {
    expect(
      mistyped({ READ_STORE_URL: '', HOST: '', HOME: '', PATH: '', SHELL: '', LOG: '', NODE_OPTIONS: '' }),
    ).toEqual([]);
  });
});
