"""tiny_model.py FOLDER CONTEXT KV_HEADS HEAD_DIM: a Qwen3 of random weights, a megabyte that the engine really serves.

The words are noise; sizes, tokenizer, chat template and special tokens are of the kind the engine expects, so that the
flags of a generated server (tool and reasoning parsers among them) find what they look for.
"""

import json
import pathlib
import sys

import numpy
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

END, TURN, TURN_END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
# Tokens that reasoning and tool parsers look up when the server starts.
MARKS = ["<think>", "</think>", "<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>"]
VOCABULARY, HIDDEN, FEED_FORWARD, LAYERS = 2048, 64, 128, 2
TEMPLATE = (
    "{%- for message in messages -%}" + TURN + "{{ message.role }}\n{{ message.content }}" + TURN_END + "\n{% endfor -%}"
    "{%- if add_generation_prompt -%}" + TURN + "assistant\n{% endif -%}"
)


def make_tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    lines = ("pump %d reports pressure %d above its limit" % (i, i * 6151 % 9973) for i in range(3000))
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - len(MARKS),
        special_tokens=[END, TURN, TURN_END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines, trainer)
    tokenizer.add_tokens([AddedToken(mark, normalized=False) for mark in MARKS])
    missing = VOCABULARY - tokenizer.get_vocab_size()
    tokenizer.add_tokens([AddedToken("<|unused%d|>" % i) for i in range(missing)])
    return tokenizer


def make_weights(heads, kv_heads, head_dim):
    random = numpy.random.default_rng(20)

    def matrix(rows, columns):
        return (random.standard_normal((rows, columns)) * 0.05).astype(numpy.float32)

    def ones(length):
        return numpy.ones(length, numpy.float32)

    weights = {"model.embed_tokens.weight": matrix(VOCABULARY, HIDDEN), "model.norm.weight": ones(HIDDEN)}
    for layer in range(LAYERS):
        parts = {
            "input_layernorm": ones(HIDDEN),
            "self_attn.q_proj": matrix(heads * head_dim, HIDDEN),
            "self_attn.k_proj": matrix(kv_heads * head_dim, HIDDEN),
            "self_attn.v_proj": matrix(kv_heads * head_dim, HIDDEN),
            "self_attn.o_proj": matrix(HIDDEN, heads * head_dim),
            "self_attn.q_norm": ones(head_dim),
            "self_attn.k_norm": ones(head_dim),
            "post_attention_layernorm": ones(HIDDEN),
            "mlp.gate_proj": matrix(FEED_FORWARD, HIDDEN),
            "mlp.up_proj": matrix(FEED_FORWARD, HIDDEN),
            "mlp.down_proj": matrix(HIDDEN, FEED_FORWARD),
        }
        weights.update({"model.layers.%d.%s.weight" % (layer, name): part for name, part in parts.items()})
    return weights


def main():
    folder = pathlib.Path(sys.argv[1])
    context, kv_heads, head_dim = map(int, sys.argv[2:])
    heads = max(4, kv_heads)
    folder.mkdir(parents=True, exist_ok=True)

    def write(name, content):
        (folder / name).write_text(json.dumps(content, indent=1))

    tokenizer = make_tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    end, turn_end = tokenizer.token_to_id(END), tokenizer.token_to_id(TURN_END)
    write("generation_config.json", {"eos_token_id": turn_end, "pad_token_id": end})
    write(
        "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "eos_token": TURN_END,
            "pad_token": END,
            "model_max_length": context,
            "clean_up_tokenization_spaces": False,
            "chat_template": TEMPLATE,
        },
    )
    write(
        "config.json",
        {
            "architectures": ["Qwen3ForCausalLM"],
            "model_type": "qwen3",
            "torch_dtype": "float32",
            "hidden_size": HIDDEN,
            "intermediate_size": FEED_FORWARD,
            "num_hidden_layers": LAYERS,
            "num_attention_heads": heads,
            "num_key_value_heads": kv_heads,
            "head_dim": head_dim,
            "hidden_act": "silu",
            "attention_bias": False,
            "rms_norm_eps": 1e-6,
            "rope_theta": 10000.0,
            "max_position_embeddings": context,
            "vocab_size": VOCABULARY,
            "tie_word_embeddings": True,
            "bos_token_id": end,
            "eos_token_id": turn_end,
        },
    )
    save_file(make_weights(heads, kv_heads, head_dim), str(folder / "model.safetensors"), metadata={"format": "pt"})


if __name__ == "__main__":
    main()
