// Eight values of one row: what every reader of weights and of the cache hands to its host.
struct Oct { lo: vec4f, hi: vec4f }
