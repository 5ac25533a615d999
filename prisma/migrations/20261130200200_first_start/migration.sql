-- Whether the first start of this installation is finished, so that no node replaces the password and key of another.
CREATE TABLE runner.first_start (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    -- Null until a node has saved what its operator needs to sign in.
    finished_at timestamptz
);
