BEGIN;

-- The code on the receipt of the product that was received last. It stands in the entry that received it: a reset that takes the
-- receiving back takes back its code.
CREATE FUNCTION pickup_code(p_case text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT details->>'pickupCode' FROM entries WHERE case_number = p_case AND step IS NOT NULL AND details ? 'pickupCode'
  ORDER BY opening DESC, step DESC LIMIT 1
$$;

COMMIT;
