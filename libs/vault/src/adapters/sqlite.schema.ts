/** A row without `wrapped` is a tombstone: that key is never made again. */
export const sqliteKeySchema = `
create table if not exists vault_key (id text primary key, wrapped text) strict, without rowid;
create trigger if not exists vault_key_stays before delete on vault_key
begin select raise(abort, 'a key leaves a tombstone'); end;
create trigger if not exists vault_key_stays_destroyed before update on vault_key when old.wrapped is null
begin select raise(abort, 'a destroyed key stays destroyed'); end;
`;
