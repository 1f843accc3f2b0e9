using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>The schemas of contracts, as <see cref="ContractJson"/> writes and reads them.</summary>
/// <remarks>Records, kinds and enumerations have a name of their own in the document, all else is written where it is used.</remarks>
/// <param name="document">Gets the named schemas.</param>
internal sealed class SchemaBook(OpenApiDocument document)
{
    private static readonly JsonSerializerOptions Options = ContractJson.Options;

    private readonly Dictionary<string, Type> _named = new(StringComparer.Ordinal);

    /// <summary>The schema of a type.</summary>
    /// <exception cref="InvalidOperationException">Two types have one name, or nobody knows how a type is written.</exception>
    public IOpenApiSchema Of(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (TextSchemas.Of(bare) is { } text)
        {
            return text;
        }

        if (bare.IsEnum)
        {
            return Named(bare, () => ValueSchemas.OneOf(Enum.GetNames(bare).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)));
        }

        var info = Options.GetTypeInfo(bare);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object when info.PolymorphismOptions is { } kinds => Named(bare, () => Choice(kinds)),
            JsonTypeInfoKind.Object => Named(bare, () => Record(info, null)),
            JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(info.ElementType!) },
            JsonTypeInfoKind.Dictionary =>
                new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(info.ElementType!) },
            _ => throw new InvalidOperationException($"How {bare} is written is not described."),
        };
    }

    private OpenApiSchemaReference Named(Type type, Func<OpenApiSchema> create)
    {
        var name = type.Name;
        if (!_named.TryAdd(name, type))
        {
            return _named[name] == type
                ? new OpenApiSchemaReference(name, document)
                : throw new InvalidOperationException($"{type} and {_named[name]} have one name.");
        }

        // Taken first, so that a type that holds itself finds its name.
        document.AddComponent(name, create());
        return new OpenApiSchemaReference(name, document);
    }

    private OpenApiSchema Choice(JsonPolymorphismOptions kinds)
    {
        var schema = new OpenApiSchema
        {
            OneOf = [],
            Discriminator = new OpenApiDiscriminator
            {
                PropertyName = kinds.TypeDiscriminatorPropertyName,
                Mapping = new Dictionary<string, OpenApiSchemaReference>(),
            },
        };
        foreach (var kind in kinds.DerivedTypes)
        {
            var discriminator = (kinds.TypeDiscriminatorPropertyName, $"{kind.TypeDiscriminator}");
            var reference = Named(kind.DerivedType, () => Record(Options.GetTypeInfo(kind.DerivedType), discriminator));
            schema.OneOf.Add(reference);
            schema.Discriminator.Mapping[discriminator.Item2] = reference;
        }

        return schema;
    }

    private OpenApiSchema Record(JsonTypeInfo info, (string Name, string Value)? discriminator)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = ContractDocs.Of(info.Type),
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = new HashSet<string>(StringComparer.Ordinal),
        };
        if (discriminator is { } kind)
        {
            schema.Properties[kind.Name] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create(kind.Value)] };
            schema.Required.Add(kind.Name);
        }

        foreach (var property in info.Properties.Where(property => property.Get is not null))
        {
            schema.Properties[property.Name] = Field(info.Type, property);
            if (property.IsRequired)
            {
                schema.Required.Add(property.Name);
            }
        }

        return schema;
    }

    private IOpenApiSchema Field(Type owner, JsonPropertyInfo property)
    {
        var schema = Of(property.PropertyType);
        if (ContractDocs.Of(owner, property) is { } description)
        {
            switch (schema)
            {
                case OpenApiSchema own:
                    own.Description = description;
                    break;
                case OpenApiSchemaReference reference:
                    reference.Description = description;
                    break;
            }
        }

        return schema;
    }
}
