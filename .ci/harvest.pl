#!/usr/bin/perl
# Harvests the library at the given address by OAI-PMH, with a client that does not belong to this project (HTTP::OAI, in Debian's
# libhttp-oai-perl). Prints the number of records in each format and of sets. Ends with an error if an answer is one, or if a record
# occurs twice or is empty.
use strict;
use warnings;
use HTTP::OAI;

my $harvester = HTTP::OAI::Harvester->new(baseURL => shift);

# Returns the answer if it is not an error.
sub answered {
    my $answer = shift;
    die $answer->code, ' ', $answer->message, "\n" if $answer->is_error;
    return $answer;
}

my $identity = answered($harvester->Identify);
die "deleted records are not persistent\n" unless $identity->deletedRecord eq 'persistent';
for my $format (answered($harvester->ListMetadataFormats)->metadataFormat) {
    my $records = answered($harvester->ListRecords(metadataPrefix => $format->metadataPrefix));
    my %seen;
    while (my $record = $records->next) {
        die 'twice: ', $record->identifier, "\n" if $seen{$record->identifier}++;
        die 'empty: ', $record->identifier, "\n" unless $record->is_deleted || $record->metadata;
    }
    answered($records);
    my $headers = answered($harvester->ListIdentifiers(metadataPrefix => $format->metadataPrefix));
    while (my $header = $headers->next) {
        die 'not a record: ', $header->identifier, "\n" unless delete $seen{$header->identifier};
        my $one = answered($harvester->GetRecord(identifier => $header->identifier, metadataPrefix => $format->metadataPrefix));
        die 'another record: ', $header->identifier, "\n" unless $one->next->identifier eq $header->identifier;
        print $format->metadataPrefix, ' ', $header->identifier, "\n";
    }
    answered($headers);
    die 'no header: ', join(' ', keys %seen), "\n" if %seen;
}
my $sets = answered($harvester->ListSets);
while (my $set = $sets->next) {
    print 'set ', $set->setSpec, "\n";
}
answered($sets);
